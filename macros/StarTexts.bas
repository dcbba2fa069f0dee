Attribute VB_Name = "StarTexts"
Option Explicit
Option Private Module

' Sources are ASCII, so that they survive any code page: Chinese texts stand in the add-in's own sheet, beside the
' settings that xlwings reads there.

Private Const OWN_SHEET As String = "StarScore.conf"
Private Const TEXT_KEYS As Long = 4

Public Function OwnSheet() As Worksheet
    Set OwnSheet = ThisWorkbook.Worksheets(OWN_SHEET)
End Function

Public Function StarText(ByVal key As String) As String
    Dim row As Long
    On Error GoTo failed
    row = 1
    Do While Len(OwnSheet.Cells(row, TEXT_KEYS).Value) > 0
        If OwnSheet.Cells(row, TEXT_KEYS).Value = key Then
            StarText = OwnSheet.Cells(row, TEXT_KEYS + 1).Value
            Exit Function
        End If
        row = row + 1
    Loop
failed:
    StarText = key
End Function
