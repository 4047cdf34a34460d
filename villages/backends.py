from django.contrib.auth.backends import ModelBackend

from villages import scope


class OfficeHolderBackend(ModelBackend):
    """Django's password check; it reads the account in the scope of the account itself."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        with scope.identity(username=username or ""):
            return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id):
        with scope.identity(user_id=user_id):
            return super().get_user(user_id)
