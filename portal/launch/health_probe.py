"""Asks the web server in the same container whether it is healthy.

Usage: python -m portal.launch.health_probe
"""

import os
import sys
import urllib.request


def main():
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    url = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/sehat/"
    request = urllib.request.Request(url, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
        sys.exit(answer.status != 200)


if __name__ == "__main__":
    main()
