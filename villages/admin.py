"""Areas, regency profiles, and accounts with the offices they hold, for the platform."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django_otp.plugins.otp_totp.models import TOTPDevice

from villages import areas, offices
from villages.accounts.factor.proof import asks_code
from villages.accounts.forms import AccountName
from villages.administration import Plain, PlatformAdmin, Translated
from villages.models import Agency, Area, Office, Regency, RegionRelease, RolePair, User
from villages.parameters import whole
from villages.settings.forms import USERNAME

admin.site.unregister(Group)  # rights come from offices
admin.site.unregister(TOTPDevice)  # secrets, which are their owners' alone


@admin.register(Area)
class AreaAdmin(PlatformAdmin):
    """Areas can be renamed and added to; one that is gone is marked, since people lived there."""

    may_delete = False
    list_display = ["name", "code", "current"]
    list_filter = ["current"]
    search_fields = ["name", "code"]
    ordering = ["code"]
    fields = ["code", "name", "kind", "current"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def save_model(self, request, obj, form, change):
        obj.level = areas.level(obj.code)
        super().save_model(request, obj, form, change)


@admin.register(RegionRelease)
class RegionReleaseAdmin(PlatformAdmin):
    may_add = may_change = may_delete = False
    list_display = ["decree", "version", "areas", "loaded_at"]


@admin.register(Regency)
@method_decorator(asks_code, "changeform_view")
class RegencyAdmin(PlatformAdmin):
    may_delete = False
    list_display = ["area", "village_word", "village_head_word", "bupati_name"]
    list_select_related = ["area"]
    autocomplete_fields = ["area"]

    def get_readonly_fields(self, request, obj=None):
        return ["area"] if obj else []


@admin.register(RolePair)
class RolePairAdmin(PlatformAdmin):
    """Those for all regencies have no regency."""

    list_display = ["first", "second", "reason", "regency"]
    list_select_related = ["regency"]
    autocomplete_fields = ["regency"]


@admin.register(Agency)
class AgencyAdmin(PlatformAdmin):
    list_display = ["name", "regency"]
    list_select_related = ["regency"]
    search_fields = ["name"]
    autocomplete_fields = ["regency"]


HELP = {"username": USERNAME}


class NewAccount(ModelForm):
    """A new account has no password: its owner sets it with a one-time link."""

    class Meta:
        model = User
        fields = ["username"]
        help_texts = HELP
        field_classes = {"username": AccountName}

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class Account(UserChangeForm):
    password = None  # type: ignore[assignment]  # Django's way to leave an inherited field out

    class Meta(UserChangeForm.Meta):
        help_texts = HELP
        field_classes = {"username": AccountName}


class OfficeInline(Plain, admin.StackedInline):
    """Offices end with a date and are never deleted: everything done in them refers to them."""

    model = Office
    extra = 0
    may_delete = False
    autocomplete_fields = ["area", "agency"]
    fields = ["role", "area", "agency", "starts_on", "ends_on"]
    verbose_name_plural = "jabatan yang dipegang"


WHO = ("username", "first_name", "last_name", "email")
STATE = ("is_active", "last_login", "date_joined", "area", "is_superuser")


@admin.register(User)
@method_decorator(asks_code, "changeform_view")
class AccountAdmin(Translated, UserAdmin):
    """All accounts. Codes for passwords are made on the portal's own page."""

    may_delete = False
    actions = None
    list_per_page = 50
    show_full_result_count = False
    form, add_form = Account, NewAccount
    add_form_template = None  # Django's says that a password is chosen next
    sentences = offices.SENTENCES
    inlines = [OfficeInline]
    list_display = ["username", "first_name", "last_name", "is_active"]
    list_filter = ["is_active", "offices__role"]
    autocomplete_fields = ["area"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "password_link"]

    def get_fieldsets(self, request, obj=None):
        state = [name for name in STATE if obj or name in ("area", "is_superuser")]
        who = (*WHO, "password_link") if obj else WHO
        return [(None, {"fields": who}), ("Keadaan", {"fields": state})]

    @admin.display(description="kata sandi")
    def password_link(self, account):
        url = reverse("account_detail", args=[account.pk])
        return format_html('<a href="{}">Kode kata sandi dan verifikasi dua langkah</a>', url)

    def user_change_password(self, request, id, form_url=""):
        return redirect("account_code", whole(unquote(id)))

    def response_add(self, request, obj, post_url_continue=None):
        """A new account leads to its code: without a password nobody can log in."""
        return redirect("account_code", obj.pk)
