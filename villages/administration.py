"""Base classes of the tables in /pengaturan/: an office sees and changes its own rows only.

`request.office` is None for the superuser alone, who sees everything.
"""

from collections.abc import Mapping

from django.contrib import admin, messages
from django.forms import ModelChoiceField
from django.shortcuts import redirect

from villages.models import Area, ScopedQuerySet
from villages.refusals import Refusal, translating


def seen_by(rows, office):
    """The rows of a scoped queryset that an admin in `office` works with."""
    return rows if office is None else rows.visible_to(office)


class AreaChoice(ModelChoiceField):
    """Many villages of a regency have the same name: the code tells them apart."""

    def label_from_instance(self, area):
        return f"{area.name} ({area.code})"


class Confined(admin.options.BaseModelAdmin):
    """Rights come from the office; Django's own permissions are not asked."""

    may_add = may_change = may_delete = True

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request, obj=None):
        return self.may_add and self.has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.may_change and self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.may_delete and self.has_view_permission(request)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return seen_by(rows, request.office) if isinstance(rows, ScopedQuerySet) else rows

    def get_autocomplete_fields(self, request):
        """Only for the whole country: a regency's areas fit in a plain list, which is easier."""
        return super().get_autocomplete_fields(request) if request.office is None else ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer only rows that the office sees; the field refuses any other that is posted."""
        rows = db_field.remote_field.model._default_manager.all()
        if isinstance(rows, ScopedQuerySet):
            kwargs.setdefault("queryset", seen_by(rows, request.office))
        if rows.model is Area:
            kwargs.setdefault("form_class", AreaChoice)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Translated(Confined):
    """A table of which a broken constraint is told in words."""

    sentences: Mapping[str, str] = {}
    """Constraints that others can break while a form is open, and what to tell the user."""

    def changeform_view(self, request, *args, **kwargs):
        try:
            with translating(self.sentences):
                return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)


class ScopedAdmin(Translated, admin.ModelAdmin):
    """A table whose rows belong to an area. Deleting many at a click is not offered."""

    actions = None
    list_per_page = 50
    show_full_result_count = False


class NationalAdmin(ScopedAdmin):
    """A table for the whole country: the superuser changes it, regencies read it."""

    def has_add_permission(self, request, obj=None):
        return request.office is None and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return request.office is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return request.office is None and super().has_delete_permission(request, obj)
