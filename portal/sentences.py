"""What forms say of a value, in simple Indonesian, instead of Django's translations.

Some of those are half English, some are no sentence a village head would use. A form or field that
says something better of itself keeps its own words.
"""

from django.apps import apps
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core import validators
from django.db.models import Model
from django.db.models.constraints import BaseConstraint
from django.forms import fields, models

FIELDS = {
    fields.Field: {"required": "Belum diisi."},
    fields.ChoiceField: {"invalid_choice": "“%(value)s” tidak ada dalam pilihan. Pilih lagi."},
    fields.MultipleChoiceField: {
        "invalid_choice": "“%(value)s” tidak ada dalam pilihan. Pilih lagi.",
        "invalid_list": "Pilihannya tidak terbaca. Pilih lagi.",
    },
    fields.DateField: {"invalid": "Tanggal tidak terbaca. Contoh: 17-08-2026."},
    fields.DateTimeField: {"invalid": "Tanggal dan jam tidak terbaca. Contoh: 17-08-2026 09:30."},
    fields.TimeField: {"invalid": "Jam tidak terbaca. Contoh: 09.30."},
    fields.IntegerField: {"invalid": "Tulis dengan angka saja, misalnya 1.000."},
    fields.UUIDField: {"invalid": "Alamatnya tidak lengkap. Buka lagi dari daftarnya."},
    fields.FileField: {
        "required": "Pilih berkasnya dahulu.",
        "invalid": "Berkasnya tidak terkirim. Pilih lagi, lalu kirim.",
        "missing": "Berkasnya tidak terkirim. Pilih lagi, lalu kirim.",
        "empty": "Berkas ini kosong. Pilih berkas lain.",
        "max_length": "Nama berkasnya terlalu panjang. Persingkat, lalu unggah lagi.",
        "contradiction": "Pilih satu saja: kirim berkas baru, atau hapus yang lama.",
    },
    models.ModelChoiceField: {"invalid_choice": "Pilihan itu tidak ada. Pilih lagi."},
    models.ModelMultipleChoiceField: {
        "invalid_list": "Pilihannya tidak terbaca. Pilih lagi.",
        "invalid_choice": "“%(value)s” tidak ada dalam pilihan. Pilih lagi.",
        "invalid_pk_value": "“%(pk)s” tidak ada dalam pilihan. Pilih lagi.",
    },
}
VALIDATORS = {
    validators.MinValueValidator: "Paling sedikit %(limit_value)s.",
    validators.MaxValueValidator: "Paling banyak %(limit_value)s.",
    validators.MinLengthValidator: "Paling pendek %(limit_value)d huruf; ini %(show_value)d.",
    validators.MaxLengthValidator: "Paling panjang %(limit_value)d huruf; ini %(show_value)d. "
    "Persingkat dahulu.",
    UnicodeUsernameValidator: "Nama pengguna berisi huruf kecil, angka, titik, dan tanda hubung, "
    "tanpa spasi. Contoh: siti.rahma.",
    validators.EmailValidator: "Alamat surel tidak benar. Contoh: nama@contoh.go.id.",
    validators.ProhibitNullCharactersValidator: "Ada tanda yang tidak dapat disimpan. Ketik ulang.",
}
BROKEN = "Isian ini tidak cocok satu sama lain. Periksa lagi."
"""Of a constraint of the database that has no sentence of its own, instead of its name."""
TWICE = "Sudah ada yang sama. Beri nama atau nomor lain."


def install():
    """Once, when the portal starts."""
    for field, sentences in FIELDS.items():
        field.default_error_messages = {**field.default_error_messages, **sentences}
    for validator, sentence in VALIDATORS.items():
        validator.message = sentence
    Model.unique_error_message = _twice
    usual = BaseConstraint.default_violation_error_message
    BaseConstraint.default_violation_error_message = BROKEN
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.violation_error_message == usual:
                constraint.violation_error_message = BROKEN


def _twice(model, model_class, unique_check):
    return models.ValidationError(TWICE, code="unique_together")
