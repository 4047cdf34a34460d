"""Areas, regency profiles, proposing offices, and accounts with the offices they hold."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django_otp.plugins.otp_totp.models import TOTPDevice

from villages import areas
from villages.accounts import links
from villages.accounts.factor.proof import asks_code
from villages.accounts.forms import AccountName
from villages.administration import Confined, NationalAdmin, ScopedAdmin, Translated, seen_by
from villages.models import (
    MANAGED_ELSEWHERE,
    Agency,
    Area,
    Office,
    Regency,
    RegionRelease,
    Role,
    User,
)
from villages.resources import AreaResource, OfficeResource, accounts_of, username_taken
from villages.transfers import TransferMixin

admin.site.unregister(Group)  # rights come from offices
admin.site.unregister(TOTPDevice)  # secrets, which are their owners' alone


@admin.register(Area)
class AreaAdmin(TransferMixin, ScopedAdmin):
    """Areas can be renamed and added to; one that is gone is marked, since people lived there."""

    may_delete = False
    resource_classes = [AreaResource]
    list_display = ["name", "code", "current"]
    list_filter = ["current"]
    search_fields = ["name", "code"]
    ordering = ["code"]

    def get_fields(self, request, obj=None):
        """The superuser alone sees the Ministry's kind: a regency has its own words (nagari)."""
        return (
            ["code", "name", "current"] if request.office else ["code", "name", "kind", "current"]
        )

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def has_add_permission(self, request, obj=None):
        return request.office is None and super().has_add_permission(request, obj)

    def has_import_permission(self, request):
        return self.has_change_permission(request)

    def save_model(self, request, obj, form, change):
        obj.level = areas.level(obj.code)
        super().save_model(request, obj, form, change)


@admin.register(RegionRelease)
class RegionReleaseAdmin(NationalAdmin):
    may_add = may_change = may_delete = False
    list_display = ["decree", "version", "areas", "loaded_at"]


@admin.register(Regency)
@method_decorator(asks_code, "changeform_view")
class RegencyAdmin(ScopedAdmin):
    may_delete = False
    list_display = ["area", "village_word", "village_head_word", "bupati_name"]
    list_select_related = ["area"]
    autocomplete_fields = ["area"]

    def get_readonly_fields(self, request, obj=None):
        return ["area"] if obj else []

    def has_add_permission(self, request, obj=None):
        return request.office is None and super().has_add_permission(request, obj)


@admin.register(Agency)
class AgencyAdmin(ScopedAdmin):
    list_display = ["name", "regency"]
    list_select_related = ["regency"]
    search_fields = ["name"]
    autocomplete_fields = ["regency"]

    def get_exclude(self, request, obj=None):
        return ["regency"] if request.office else None

    def save_model(self, request, obj, form, change):
        if request.office:
            obj.regency_id = request.office.area_id
        super().save_model(request, obj, form, change)


class NameIsFree:
    """Refuses a username that is taken, also by an account that this admin cannot see."""

    def clean_username(self):
        parent = getattr(super(), "clean_username", None)
        username = parent() if parent else self.cleaned_data["username"]
        if username != self.instance.username and username_taken(username):
            raise ValidationError("Nama pengguna ini sudah dipakai. Pilih yang lain.")
        return username


HELP = {"username": "Untuk masuk: huruf kecil, angka, titik, tanda hubung; misalnya kades.senden."}


class NewAccount(NameIsFree, ModelForm):
    """A new account has no password: its owner sets it with a one-time link."""

    class Meta:
        model = User
        fields = ["username"]
        help_texts = HELP
        field_classes = {"username": AccountName}

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class Account(NameIsFree, UserChangeForm):
    password = None  # type: ignore[assignment]  # Django's way to leave an inherited field out

    class Meta(UserChangeForm.Meta):
        help_texts = HELP
        field_classes = {"username": AccountName}


class OfficeInline(Confined, admin.StackedInline):
    """Offices end with a date and are never deleted: everything done in them refers to them."""

    model = Office
    extra = 0
    may_delete = False
    autocomplete_fields = ["area", "agency"]
    fields = ["role", "area", "agency", "starts_on", "ends_on"]
    verbose_name_plural = "jabatan yang dipegang"

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Roles as the regency calls them: wali nagari, not kepala desa."""
        profile = getattr(request, "regency", None)
        if db_field.name == "role" and profile:
            own = {
                Role.VILLAGE_HEAD: profile.village_head_word.capitalize(),
                Role.VILLAGE_OPERATOR: f"Operator {profile.village_word}",
            }
            words = [(role.value, own.get(role, role.label)) for role in Role]
            kwargs["choices"] = [("", "---------"), *words]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


WHO = ("username", "first_name", "last_name", "email")
STATE = ("is_active", "last_login", "date_joined")


@admin.register(User)
@method_decorator(asks_code, "changeform_view")
@method_decorator(asks_code, "import_action")
@method_decorator(asks_code, "process_import")
@method_decorator(asks_code, "user_change_password")
class AccountAdmin(TransferMixin, Translated, UserAdmin):
    """Accounts: an admin of a regency manages those of the regency, and never a superuser's.

    Nobody chooses a password for somebody else: an admin makes a one-time link.
    """

    may_delete = False
    actions = None
    list_per_page = 50
    show_full_result_count = False
    resource_classes = [OfficeResource]
    form, add_form = Account, NewAccount
    add_form_template = None  # Django's says that a password is chosen next
    sentences = MANAGED_ELSEWHERE
    inlines = [OfficeInline]
    list_display = ["username", "first_name", "last_name", "is_active"]
    list_filter = ["is_active", "offices__role"]
    autocomplete_fields = ["area"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "password_link", "factor_reset"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=accounts_of(request.office))

    def get_fieldsets(self, request, obj=None):
        state = () if obj is None else STATE
        national = () if request.office else ("area", "is_superuser")
        return [
            (None, {"fields": (*WHO, "password_link", "factor_reset") if obj else WHO}),
            *([("Keadaan", {"fields": (*state, *national)})] if state or national else []),
        ]

    def save_model(self, request, obj, form, change):
        if request.office and not change:
            obj.area_id = request.office.area_id
        super().save_model(request, obj, form, change)

    @admin.display(description="kata sandi")
    def password_link(self, account):
        url = reverse("admin:auth_user_password_change", args=[account.pk])
        state = "Sudah dibuat pemiliknya." if account.has_usable_password() else "Belum dibuat."
        return format_html('{} <a href="{}">Buat kode kata sandi baru</a>', state, url)

    @admin.display(description="verifikasi dua langkah")
    def factor_reset(self, account):
        url = reverse("reset_ask", query={"akun": account.username})
        words = "HP dan kode pemulihan hilang? Minta dilepas"
        return format_html('<a href="{}">{}</a>', url, words)

    def user_change_password(self, request, id, form_url=""):
        """Make a one-time link for an account and show it, this once."""
        account = self.get_object(request, unquote(id))
        if account is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, id)
        page = {"account": account, "url": reverse("admin:villages_user_change", args=[id])}
        if request.method == "POST":
            page["code"] = links.make(account, by=request.office)
            page["link"] = request.build_absolute_uri(reverse("first_password"))
            page["filled_in"] = f"{page['link']}#{account.username}/{page['code']}"
            offices = Office.objects.filter(user=account).held_on(timezone.localdate())
            page["without_office"] = not (account.is_superuser or offices.exists())
        return render(request, "registration/password_link.html", page)

    def response_add(self, request, obj, post_url_continue=None):
        """A new account leads to its link: without a password nobody can log in."""
        return redirect("admin:auth_user_password_change", obj.pk)

    def get_export_queryset(self, request):
        accounts = super().get_export_queryset(request)
        offices = seen_by(Office.objects.all(), request.office).filter(user__in=accounts)
        return offices.select_related("user", "area", "agency").order_by("user__username", "pk")
