"""Downloading the blank template, for an office's own area or for a part of it."""

import io

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from enrollment.blanks import workbook
from enrollment.workbooks.cells import XLSX
from villages.access import require
from villages.models import Area


@require_safe
def import_template(request):
    """The template of the office's area, or of the part of it with the code `?wilayah=`."""
    require(request, "import.view")
    own = request.office.area_id
    parts = Area.objects.within(own).filter(current=True)
    area = get_object_or_404(parts, pk=request.GET.get("wilayah") or own)
    file = io.BytesIO()
    workbook.write(area, file, regency=request.regency)
    file.seek(0)
    name = f"Templat pekerja - {area.name}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
