"""Base classes of the tables in Django's admin (/pengelola/), which is the platform's alone.

Whoever gets in is a superuser without an office (`portal.administration`), who sees everything;
regencies have pages of their own (`villages/settings`).
"""

from collections.abc import Mapping

from django.contrib import admin, messages
from django.db import models
from django.shortcuts import redirect

from enrollment.numbers import form_field
from villages.refusals import Refusal, translating


class Plain(admin.options.BaseModelAdmin):
    """What may be done with a table. Django's own permissions are not asked."""

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

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Numbers as everywhere else: 1.000 is a thousand."""
        if isinstance(db_field, models.IntegerField) and not db_field.choices:
            return form_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Translated(Plain):
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


class PlatformAdmin(Translated, admin.ModelAdmin):
    """A table that the platform keeps. Deleting many at a click is not offered."""

    actions = None
    list_per_page = 50
    show_full_result_count = False


class ReferenceAdmin(PlatformAdmin):
    """A table of which other rows keep the keys: they stay as they are, and no row is deleted."""

    may_delete = False

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []
