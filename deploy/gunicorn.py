"""The web server of production: processes and threads; the proxy is in front of it."""

import os

bind = "0.0.0.0:8000"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True  # code and addresses are loaded once, before anybody asks
control_socket_disable = True
timeout = 60
graceful_timeout = 25
max_requests = 5_000
max_requests_jitter = 500
accesslog = "-"
forwarded_allow_ips = "*"  # only the proxy reaches the port
