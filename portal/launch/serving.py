"""gunicorn's configuration: `gunicorn --config python:portal.launch.serving portal.wsgi`."""

import os

from portal import logs

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "portal.launch.receiving.Receiving"
timeout = 30  # seconds without a sign of life; the loop that reads requests gives one each second
max_requests, max_requests_jitter = 2000, 200
control_socket_disable = True
forwarded_allow_ips = ""  # settings.TRUSTED_PROXIES alone decides what is trusted
logconfig_dict = logs.dictionary(os.environ.get("LOG_LEVEL", "INFO"))
