"""A second factor for the people of the tests, and the codes of their phones."""

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import people
from villages import scope
from villages.accounts.factor import actions


def give(name):
    """Set up a second factor as its owner would. Returns the ten recovery codes."""
    user = people.office(name).user
    actions.pending(user)
    assert actions.turn_on(user, code_of(user), address=None)
    codes = actions.new_recovery_codes(user, address=None)
    later(user)
    return codes


def device_of(user):
    """None when the account has none."""
    with scope.identity(user_id=user.pk):
        return TOTPDevice.objects.filter(user=user).first()


def code_of(user, steps=0):
    """What the phone of `user` shows now, or so many times half a minute later."""
    device = device_of(user)
    app = TOTP(device.bin_key, drift=steps)
    return f"{app.token():06d}"


def later(user):
    """As if half a minute had passed: the code that the phone shows has not been used yet."""
    with scope.identity(user_id=user.pk):
        TOTPDevice.objects.filter(user=user).update(last_t=-1, drift=0)


def typed(code):
    return {"kode_verifikasi": code}
