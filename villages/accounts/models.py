"""What belongs to an account besides its offices: one-time links, its history, throttling."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


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

    LOGS = [Kind.LOG_IN, Kind.LOG_OUT]

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
