"""What belongs to an account besides its offices: one-time links, sessions, its second factor (with
django-otp's `TOTPDevice`), its history, throttling."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from villages.accounts.sessions import SessionStore


class Session(AbstractBaseSession):
    """A browser's session; `session_key` is a hash of the key in its cookie (`sessions.stored`)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "sesi"
        verbose_name_plural = "sesi"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from villages.accounts.sessions import SessionStore

        return SessionStore


class KeptForm(models.Model):
    """A form that arrived without a session, or with an old token: kept for who filled it in.

    `content` is encrypted with a key that only the browser has (`keeping.py`), so neither this
    table nor a backup of it tells anything.
    """

    LASTS = timedelta(minutes=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms"
    )
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "isian yang tertahan"
        verbose_name_plural = "isian yang tertahan"
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kept_at:%d-%m-%Y}"


class PasswordLink(models.Model):
    """A code with which a person sets a password, once and for some hours.

    An administrator makes it and hands it over; nobody else ever chooses a password. Only the
    digest of the code is kept.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_links"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "tautan kata sandi"
        verbose_name_plural = "tautan kata sandi"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%d-%m-%Y}"


class AccountRecord(models.Model):
    """Something that happened to an account: a log-in, a new password, a link made by an admin.

    Rows are only ever added and read. `by` is the office of whoever did it to somebody else.
    """

    class Kind(models.TextChoices):
        LOG_IN = "masuk", "Masuk"
        LOG_OUT = "keluar", "Keluar"
        PASSWORD = "sandi", "Kata sandi diganti pemiliknya"
        LINK = "tautan", "Kata sandi dihapus, kode baru dibuat"
        NEW_PASSWORD = "sandi_baru", "Kata sandi dibuat dengan kode"
        FACTOR_ON = "dua_pasang", "Verifikasi dua langkah dipasang"
        FACTOR_OFF = "dua_lepas", "Verifikasi dua langkah dilepas pemiliknya"
        RECOVERY_USED = "pulih_pakai", "Kode pemulihan dipakai"
        RECOVERY_NEW = "pulih_baru", "Kode pemulihan baru dibuat"
        RESET_ASKED = "reset_minta", "Pelepasan verifikasi dua langkah diminta"
        RESET = "reset", "Verifikasi dua langkah dilepas atas permintaan"

    LOGS = [Kind.LOG_IN, Kind.LOG_OUT]
    BY_OTHERS = [Kind.LINK, Kind.RESET_ASKED, Kind.RESET]
    """What others do to an account, of which its owner is told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="records"
    )
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    by = models.ForeignKey("villages.Office", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        verbose_name = "riwayat akun"
        verbose_name_plural = "riwayat akun"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.at:%d-%m-%Y}"


class Attempts(models.Model):
    """How often a password or code was tried lately, for one account or from one address.

    `key` is a digest: what was typed as a user name may be a password.
    """

    key = models.CharField(primary_key=True, max_length=64)
    failures = models.FloatField(help_text="they fade with time")
    last_at = models.DateTimeField()
    free_at = models.DateTimeField()

    class Meta:
        verbose_name = "percobaan masuk"
        verbose_name_plural = "percobaan masuk"
        indexes = [models.Index(fields=["last_at"])]

    def __str__(self) -> str:
        return f"{self.failures} {self.last_at:%d-%m-%Y}"


class RecoveryCode(models.Model):
    """A code for who has lost the phone, good once. Only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "kode pemulihan"
        verbose_name_plural = "kode pemulihan"

    def __str__(self) -> str:
        return f"{self.user_id} {self.pk}"


class FactorReset(models.Model):
    """Somebody has lost phone and codes: one person asks to remove the second factor, another one
    agrees. When `confirmed_by` is written, a trigger removes it (0006_second_factor.py)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor_resets"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_name = models.CharField(max_length=310)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "permintaan pelepasan verifikasi dua langkah"
        verbose_name_plural = "permintaan pelepasan verifikasi dua langkah"
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="factor_reset_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(confirmed_by=None) | ~Q(confirmed_by=F("user"))),
                name="factor_reset_by_others",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__lte=F("expires_at")),
                name="factor_reset_in_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("asked_at") + timedelta(days=1)),
                name="factor_reset_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%d-%m-%Y}"
