Attribute VB_Name = "StarRibbon"
Option Explicit

' Every button ends here; what it does is said in Python (addin/ribbon.py), under the button's id, of the workbook
' that was in front when it was clicked.

Private Const INFORMATION As Long = 64
Private Const NO_TIME_LIMIT As Long = 0

Public Sub OnButton(ByVal control As IRibbonControl)
    Dim told As Variant
    On Error GoTo failed
    told = Served("PRESS", Array(control.ID, BookInFront))
    If Len(told) > 0 Then ShowText CStr(told)
    Exit Sub
failed:
    ShowText StarText("call_failed") & Err.Description
End Sub

' Without an open workbook the add-in stands for it: a new workbook needs an Excel to open in.
Private Function BookInFront() As Object
    Set BookInFront = ThisWorkbook
    If Not ActiveWorkbook Is Nothing Then Set BookInFront = ActiveWorkbook
End Function

' A message box of VBA knows only the signs of the system's code page; this one knows all.
Private Sub ShowText(ByVal text As String)
    On Error GoTo failed
    CreateObject("WScript.Shell").Popup text, NO_TIME_LIMIT, "StarScore", INFORMATION
    Exit Sub
failed:
    MsgBox text, vbInformation, "StarScore"
End Sub
