Attribute VB_Name = "StarRibbon"
Option Explicit

' Every button ends here; what it does is said in Python (addin/ribbon.py), under the button's id.

Private Const INFORMATION As Long = 64
Private Const NO_TIME_LIMIT As Long = 0

Public Sub OnButton(ByVal control As IRibbonControl)
    Dim told As Variant
    On Error GoTo failed
    told = Served("PRESS", Array(control.ID))
    If Len(told) > 0 Then ShowText CStr(told)
    Exit Sub
failed:
    ShowText StarText("call_failed") & Err.Description
End Sub

' A message box of VBA knows only the signs of the system's code page; this one knows all.
Private Sub ShowText(ByVal text As String)
    On Error GoTo failed
    CreateObject("WScript.Shell").Popup text, NO_TIME_LIMIT, "StarScore", INFORMATION
    Exit Sub
failed:
    MsgBox text, vbInformation, "StarScore"
End Sub
