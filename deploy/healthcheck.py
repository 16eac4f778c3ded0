"""Ask the web server of this container whether it is ready, as the proxy would."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
host = os.environ["DJANGO_ALLOWED_HOSTS"].split(",")[0]
connection.request(
    "GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
sys.exit(connection.getresponse().status != HTTPStatus.OK)
