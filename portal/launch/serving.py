"""gunicorn's configuration: `gunicorn --config python:portal.launch.serving portal.wsgi`."""

import os

from portal import logs

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 120  # seconds; a proxy must first receive an upload of 64 MB over a village's slow line
max_requests, max_requests_jitter = 2000, 200
control_socket_disable = True
forwarded_allow_ips = ""  # settings.TRUSTED_PROXIES alone decides what is trusted
# The path without its query: people search for NIKs.
accesslog = "-"
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s %(D)sus'
logconfig_dict = logs.dictionary(os.environ.get("LOG_LEVEL", "INFO"))
