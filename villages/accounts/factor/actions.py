"""The second factor of an account: codes of an app on the phone, and recovery codes on paper.

Its rows are shown to their own account alone, so each action enters that account's scope.
"""

from __future__ import annotations

import re
from base64 import b32encode

from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from villages import scope
from villages.accounts import codes, records
from villages.accounts.models import AccountRecord, RecoveryCode
from villages.models import User

RECOVERY_CODES = 10
SIX_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)
Kind = AccountRecord.Kind


def is_on(user: User) -> bool:
    """Whether the account has a second factor."""
    with scope.identity(user_id=user.pk):
        return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def pending(user: User, shown: int | None = None) -> TOTPDevice:
    """The secret that waits for its first code: the one that this session was `shown`, or else a
    new one, for whoever saw an earlier one may be somebody else and would have the codes, too."""
    with scope.identity(user_id=user.pk):
        TOTPDevice.objects.filter(user=user, confirmed=False).exclude(pk=shown).delete()
        return TOTPDevice.objects.get_or_create(
            user=user, confirmed=False, defaults={"name": user.username}
        )[0]


def secret(device: TOTPDevice) -> str:
    """The secret as people type it: Base32 in groups of four."""
    return codes.in_fours(b32encode(device.bin_key).decode(), " ")


def turn_on(user: User, code: str, *, address: str | None) -> bool:
    """Begin to ask for codes, once the app has shown a right one. Returns whether it has."""
    with scope.identity(user_id=user.pk):
        device = _device(user, confirmed=False)
        if device is None or not _is_of_app(device, code):
            return False
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        records.add(user, Kind.FACTOR_ON, address=address)
    return True


def turn_off(user: User, *, address: str | None) -> None:
    """Remove the second factor and its recovery codes."""
    with scope.identity(user_id=user.pk):
        if TOTPDevice.objects.filter(user=user, confirmed=True).delete()[0]:
            RecoveryCode.objects.filter(user=user).delete()
            records.add(user, Kind.FACTOR_OFF, address=address)


def is_right(user: User, code: str, *, address: str | None) -> bool:
    """Whether this is a code of the app or a recovery code; if so it is spent."""
    with scope.identity(user_id=user.pk):
        device = _device(user, confirmed=True)
        if device is None:
            return False
        return _is_of_app(device, code) or _is_of_paper(user, code, address)


def new_recovery_codes(user: User, *, address: str | None) -> list[str]:
    """Ten codes, which are kept nowhere; the ones before end."""
    new = [codes.new() for _ in range(RECOVERY_CODES)]
    with scope.identity(user_id=user.pk):
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=codes.digest(code)) for code in new
        )
        records.add(user, Kind.RECOVERY_NEW, address=address)
    return new


def recovery_codes_left(user: User) -> int:
    with scope.identity(user_id=user.pk):
        return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _device(user: User, *, confirmed: bool) -> TOTPDevice | None:
    """The device, held until the transaction ends: a code that comes twice comes one by one."""
    devices = TOTPDevice.objects.select_for_update()
    return devices.filter(user=user, confirmed=confirmed).first()


def _is_of_app(device: TOTPDevice, code: str) -> bool:
    """The library remembers the newest code that was right, and takes no older one."""
    digits = re.sub(r"\s", "", code)
    return bool(SIX_DIGITS.fullmatch(digits) and device.verify_token(digits))


def _is_of_paper(user: User, code: str, address: str | None) -> bool:
    unused = RecoveryCode.objects.filter(user=user, used_at=None, digest=codes.digest(code))
    if not unused.update(used_at=timezone.now()):
        return False
    records.add(user, Kind.RECOVERY_USED, address=address)
    return True
