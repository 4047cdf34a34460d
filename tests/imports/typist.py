"""Typing into a workbook with LibreOffice: open it, type into its cells as a person does, save it.

LibreOffice decides whether a typed text becomes a number, a date or text, which is what tests of
the template are about. It runs without a screen, by a macro in a profile of its own.
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
# EnterString does what the Enter key does with the text in the input line.
MACRO = """
Function Arg(name as String, value)
    Dim result as New com.sun.star.beans.PropertyValue
    result.Name = name
    result.Value = value
    Arg = result
End Function

Sub Main
    book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, Array(Arg("Hidden", True)))
    frame = book.CurrentController.Frame
    book.CurrentController.setActiveSheet(book.Sheets.getByName("{sheet}"))
    keys = createUnoService("com.sun.star.frame.DispatchHelper")
    Dim line as String
    Open "{script}" For Input As #1
    Do While Not Eof(#1)
        Line Input #1, line
        cell = Split(line, Chr(9))
        keys.executeDispatch(frame, ".uno:GoToCell", "", 0, Array(Arg("ToPoint", cell(0))))
        keys.executeDispatch(frame, ".uno:EnterString", "", 0, Array(Arg("StringName", cell(1))))
    Loop
    Close #1
    book.storeToURL("{target}", Array(Arg("FilterName", "calc8")))
    book.close(True)
End Sub
"""


def type_into(path, sheet, cells, *, folder):
    """Type `cells` ("A5" → text) into a copy of the workbook; returns the path of the saved ods."""
    target, script, profile = (folder / name for name in ("diisi.ods", "ketikan.txt", "profil"))
    script.write_text("".join(f"{at}\t{text}\n" for at, text in cells.items()))
    macro = MACRO.format(source=path.as_uri(), sheet=sheet, script=script, target=target.as_uri())
    _run(profile, "--terminate_after_init")  # the first start creates the profile
    basic = profile / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(LIBRARY)
    (basic / "Typist.xba").write_text(MODULE.format(escape(macro)))
    _run(profile, "macro:///Standard.Typist.Main", check=False)  # may crash after saving
    assert target.exists()
    return target


def save_as(path, ending, *, folder):
    """Open a workbook and save it as xlsx or xls; returns the path of the new one."""
    _run(folder / "profil", "--convert-to", ending, "--outdir", folder, path)
    return folder / f"{path.stem}.{ending}"


def _run(profile, *order, check=True):
    start = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, *order], timeout=SECONDS, check=check, capture_output=True)
