"""Asks a web server whether it can serve pages: for that its database must answer.

Docker calls it in the container of web: python -m portal.launch.health_probe
Other parts have containers of their own, and restarting web would not mend them.
"""

import json
import os
import sys
import urllib.request
from urllib.error import HTTPError


def serves(port: int, address: str = "127.0.0.1", host: str = "localhost") -> bool:
    """Whether the server at this address shows pages; `host`: the name to call it by."""
    url = f"http://{address}:{port}/sehat/"
    request = urllib.request.Request(url, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=6) as answer:  # noqa: S310
            said = answer.read()
    except HTTPError as failed:  # 503: a part does not work
        said = failed.read()
    except OSError:
        return False
    try:
        return json.loads(said).get("database") == "ok"
    except ValueError:  # another server's page
        return False


def main():
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    sys.exit(not serves(int(os.environ.get("PORT", "8000")), host=host))


if __name__ == "__main__":
    main()
