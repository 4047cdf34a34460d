"""Sessions in the database, of which the table holds no usable key.

The key in a cookie is the whole proof of who its bearer is. The table has the SHA-256 of the key
instead: whoever reads the table, or a backup of it, cannot act as anybody.
"""

import hashlib

from django.contrib.sessions.backends import base, db
from django.utils import timezone

from villages.refusals import is_short_of_room


def stored(session_key: str) -> str:
    """What the table holds for the key in a cookie: as much of the hash as its column takes."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        return row

    def _get_session_from_db(self):
        valid = self.model.objects.filter(expire_date__gt=timezone.now())
        row = valid.filter(session_key=stored(self.session_key)).first()
        if row is None:
            self._session_key = None
        return row

    def save(self, must_create=False):
        """While the disk is full, pages can still be read: what is noted by the way is left out."""
        try:
            super().save(must_create)
        except base.UpdateError as error:  # never of a session that is being made
            if not is_short_of_room(error.__context__):
                raise

    def exists(self, session_key):
        return super().exists(stored(session_key))

    def delete(self, session_key=None):
        if key := session_key or self.session_key:
            super().delete(stored(key))

    # The asynchronous ways lead through the ones above, not past them.
    acreate = base.SessionBase.acreate
    aload = base.SessionBase.aload
    asave = base.SessionBase.asave
    aexists = base.SessionBase.aexists
    adelete = base.SessionBase.adelete
