Attribute VB_Name = "StarHelp"
Option Explicit
Option Private Module

' The help that Excel's function wizard shows. Excel takes it only while a workbook is open and the add-in is not
' hidden, and keeps it for the session.

Private Const NAMES As Long = 7

Private registered As Boolean

Public Sub RegisterHelp()
    Dim row As Long
    Dim wasSaved As Boolean
    Dim wasUpdating As Boolean
    If registered Then Exit Sub
    registered = True
    wasSaved = ThisWorkbook.Saved
    wasUpdating = Application.ScreenUpdating
    On Error GoTo restore
    Application.ScreenUpdating = False
    ThisWorkbook.IsAddin = False
    row = 1
    Do While Len(OwnSheet.Cells(row, NAMES).Value) > 0
        DescribeFunction OwnSheet.Cells(row, NAMES)
        row = row + 1
    Loop
restore:
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = wasSaved
    Application.ScreenUpdating = wasUpdating
End Sub

' Right of the name stand category, description, and the arguments' descriptions.
Private Sub DescribeFunction(ByVal nameCell As Range)
    Dim texts() As String
    Dim count As Long
    Dim macroName As String
    macroName = "'" & ThisWorkbook.Name & "'!" & nameCell.Value
    Do While Len(nameCell.Offset(0, 3 + count).Value) > 0
        count = count + 1
        ReDim Preserve texts(1 To count)
        texts(count) = nameCell.Offset(0, 2 + count).Value
    Loop
    If count = 0 Then
        Application.MacroOptions Macro:=macroName, Category:=nameCell.Offset(0, 1).Value, _
            Description:=nameCell.Offset(0, 2).Value
    Else
        Application.MacroOptions Macro:=macroName, Category:=nameCell.Offset(0, 1).Value, _
            Description:=nameCell.Offset(0, 2).Value, ArgumentDescriptions:=texts
    End If
End Sub
