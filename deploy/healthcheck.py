"""Ask the server of this container whether it is ready, as the proxy would.

``healthcheck.py [PORT PATH]``, by default the pages: 8000 and /readyz.
"""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection

port, path = sys.argv[1:] or ("8000", "/readyz")
connection = HTTPConnection("127.0.0.1", int(port), timeout=4)
host = os.environ["DJANGO_ALLOWED_HOSTS"].split(",")[0]
connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != HTTPStatus.OK)
