"""No answer is kept by a browser or on the way to it: pages and files are about people.

Static files never come here; WhiteNoise, which stands before this, answers for them.
"""

MAY_BE_KEPT = frozenset({"admin:jsi18n"})
"""The addresses whose answers hold nothing about anybody: words for scripts of Django's admin."""


class NoStoreMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        found = request.resolver_match
        if not (found and found.view_name in MAY_BE_KEPT and response.status_code == 200):
            response["Cache-Control"] = "no-store"
        return response
