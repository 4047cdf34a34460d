"""What reading may know in tests: a few villages, occupations, and words for dead or gone."""

from enrollment.sheets.knowledge import Knowledge
from enrollment.workers.checks.life import Life, may_say, said

VILLAGES = {"senden", "bogoran", "timahan", "sumberejo kidul wetan lorejo"}


class Known(Knowledge):
    def villages_known(self):
        return True

    def is_village(self, text):
        return text.casefold().removeprefix("desa ").strip() in VILLAGES

    def village_beginning(self, text):
        begun = text.casefold().removeprefix("desa ")
        return next((name for name in VILLAGES if name.startswith(begun)), "")

    def is_occupation(self, text):
        return text.casefold() in {"petani", "nelayan", "pedagang"}

    def may_tell(self, text):
        return may_say(text)

    def is_about_ended(self, text):
        return said(text) is not Life.GOES_ON

    def is_ended(self, text):
        return said(text) is Life.ENDED
