"""Somebody at LibreOffice: opens a workbook, types into its cells as a person does, saves it.

LibreOffice decides what becomes of each text that is typed (a number, a date, text), which is
what a test of a template is about. It runs without a screen, from a macro in a profile of its own.
"""

import shutil
import subprocess
from html import escape

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SECONDS = 90
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typist"
 script:language="StarBasic">{}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Typist"/>
</library:library>
"""
# EnterString is what the key Enter does with what stands in the input line.
MACRO = """
Function Told(name as String, value)
    Dim one as New com.sun.star.beans.PropertyValue
    one.Name = name
    one.Value = value
    Told = one
End Function

Sub Main
    book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, Array(Told("Hidden", True)))
    frame = book.CurrentController.Frame
    book.CurrentController.setActiveSheet(book.Sheets.getByName("{sheet}"))
    keys = createUnoService("com.sun.star.frame.DispatchHelper")
    Dim line as String
    Open "{script}" For Input As #1
    Do While Not Eof(#1)
        Line Input #1, line
        said = Split(line, Chr(9))
        keys.executeDispatch(frame, ".uno:GoToCell", "", 0, Array(Told("ToPoint", said(0))))
        keys.executeDispatch(frame, ".uno:EnterString", "", 0, Array(Told("StringName", said(1))))
    Loop
    Close #1
    book.storeToURL("{target}", Array(Told("FilterName", "calc8")))
    book.close(True)
End Sub
"""


def type_into(path, sheet, cells, *, folder):
    """Type `cells` ("A5" → text) into a copy of the workbook; the path of the ods that is saved."""
    target, script, profile = (folder / name for name in ("diisi.ods", "ketikan.txt", "profil"))
    script.write_text("".join(f"{at}\t{text}\n" for at, text in cells.items()))
    macro = MACRO.format(source=path.as_uri(), sheet=sheet, script=script, target=target.as_uri())
    _run(profile, "--terminate_after_init")  # the first start makes the profile
    basic = profile / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(LIBRARY)
    (basic / "Typist.xba").write_text(MODULE.format(escape(macro)))
    _run(profile, "macro:///Standard.Typist.Main", check=False)  # may die when all is saved
    assert target.exists()
    return target


def save_as(path, ending, *, folder):
    """Open a workbook and save it as xlsx or xls; the path of the new one."""
    _run(folder / "profil", "--convert-to", ending, "--outdir", folder, path)
    return folder / f"{path.stem}.{ending}"


def _run(profile, *order, check=True):
    start = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, *order], timeout=SECONDS, check=check, capture_output=True)
