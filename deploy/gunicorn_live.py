"""The server of those who wait: one process, a coroutine for each screen."""

bind = "0.0.0.0:8001"
workers = 1  # it holds five thousand screens; each process would read for itself
worker_class = "asgi"
worker_connections = 6_000
backlog = 2_048
control_socket_disable = True
timeout = 60
graceful_timeout = 5  # screens come back by themselves
accesslog = None  # a line for each screen every half minute says nothing
forwarded_allow_ips = "*"  # only the proxy reaches the port
