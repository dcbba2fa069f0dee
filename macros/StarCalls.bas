Attribute VB_Name = "StarCalls"
Option Explicit
Option Private Module

' From a cell to Python and back: ranges become values here, in one piece, so that Python never has to ask Excel.

Private Const SERVER_MODULE As String = "addin.excel.server"

Public ServerRestarts As Long
Private hasServed As Boolean

Public Function StarCall(ByVal functionName As String, ByVal arguments As Variant) As Variant
    Dim i As Long
    Dim wholeColumns As Long
    On Error GoTo failed
    wholeColumns = RowsOfWholeColumns(arguments)
    For i = LBound(arguments) To UBound(arguments)
        arguments(i) = CellsOf(arguments(i), wholeColumns)
    Next i
    StarCall = FittedToCaller(Served(functionName, arguments))
    Exit Function
failed:
    StarCall = "#" & StarText("call_failed") & Err.Description
End Function

' A server that has died is started again, once. The command that starts it is then longer by a space, so that the DLL
' takes it for another one: of the old one neither the DLL nor COM lets go.
Public Function Served(ByVal functionName As String, ByVal arguments As Variant) As Variant
    On Error GoTo failed
    Served = XLPy.CallUDF(SERVER_MODULE, functionName, arguments)
    hasServed = True
    Exit Function
failed:
    If Not (hasServed And IsGone(Err.Number)) Then Err.Raise Err.Number, , Err.Description
    Resume startAgain
startAgain:
    On Error GoTo 0
    hasServed = False
    EndServer
    ServerRestarts = ServerRestarts + 1
    Served = XLPy.CallUDF(SERVER_MODULE, functionName, arguments)
    hasServed = True
End Function

Private Function IsGone(ByVal number As Long) As Boolean
    Select Case number
        Case 462, 1000: IsGone = True ' VBA: no remote server; xlwings: not activated
        Case -2147023174, -2147023170, -2147417848: IsGone = True ' RPC: unavailable, call failed, disconnected
    End Select
End Function

Private Sub EndServer()
    On Error GoTo gone
    KillPy
gone:
End Sub

' Whole columns end where the last of their sheets ends, all of them in the same row.
Public Function RowsOfWholeColumns(ByVal arguments As Variant) As Long
    Dim i As Long
    Dim last As Long
    RowsOfWholeColumns = 1
    For i = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(i)) Then
            If IsWholeColumn(arguments(i)) Then
                With arguments(i).Worksheet.UsedRange
                    last = .Row + .Rows.Count - 1
                End With
                If last > RowsOfWholeColumns Then RowsOfWholeColumns = last
            End If
        End If
    Next i
End Function

Private Function IsWholeColumn(ByVal area As Object) As Boolean
    IsWholeColumn = (area.Rows.Count = area.Worksheet.Rows.Count)
End Function

' The values of a range; a number in a percent format as the text that it shows: 0.12%.
Public Function CellsOf(ByVal argument As Variant, ByVal wholeColumns As Long) As Variant
    Dim area As Object
    Dim values As Variant
    Dim column As Long
    If Not IsObject(argument) Then
        CellsOf = argument
        Exit Function
    End If
    Set area = argument.Areas(1)
    If IsWholeColumn(area) Then Set area = area.Resize(wholeColumns)
    values = area.Value
    If Not IsArray(values) Then
        If IsPercent(area.NumberFormat) Then values = AsPercent(values)
    Else
        For column = 1 To area.Columns.Count
            ShowPercents area.Columns(column), values, column
        Next column
    End If
    CellsOf = values
End Function

Private Sub ShowPercents(ByVal cells As Object, ByRef values As Variant, ByVal column As Long)
    Dim row As Long
    Dim mixed As Boolean
    mixed = IsNull(cells.NumberFormat)
    If Not mixed Then
        If Not IsPercent(cells.NumberFormat) Then Exit Sub
    End If
    For row = 1 To UBound(values, 1)
        If VarType(values(row, column)) = vbDouble Then
            If Not mixed Then
                values(row, column) = AsPercent(values(row, column))
            ElseIf IsPercent(cells.Cells(row, 1).NumberFormat) Then
                values(row, column) = AsPercent(values(row, column))
            End If
        End If
    Next row
End Sub

Private Function IsPercent(ByVal numberFormat As Variant) As Boolean
    IsPercent = InStr(CStr(numberFormat), "%") > 0
End Function

' Str$ writes a point in every locale, and 15 digits: 0.0012 gives 0.12%.
Private Function AsPercent(ByVal value As Variant) As Variant
    If VarType(value) = vbDouble Then
        AsPercent = Trim$(Str$(value * 100)) & "%"
    Else
        AsPercent = value
    End If
End Function

' An array formula over more rows than there are answers shows blanks below them, not #N/A.
Private Function FittedToCaller(ByVal answer As Variant) As Variant
    FittedToCaller = answer
    If Not IsArray(answer) Then Exit Function
    If TypeName(Application.Caller) <> "Range" Then Exit Function
    FittedToCaller = Fitted(answer, Application.Caller.Rows.Count)
End Function

Public Function Fitted(ByVal answer As Variant, ByVal height As Long) As Variant
    Dim result() As Variant
    Dim row As Long
    Dim column As Long
    Dim rows As Long
    Dim columns As Long
    Fitted = answer
    If Dimensions(answer) <> 2 Then Exit Function
    rows = UBound(answer, 1) - LBound(answer, 1) + 1
    columns = UBound(answer, 2) - LBound(answer, 2) + 1
    If rows >= height Then Exit Function
    ReDim result(1 To height, 1 To columns)
    For row = 1 To height
        For column = 1 To columns
            If row <= rows Then
                result(row, column) = answer(LBound(answer, 1) + row - 1, LBound(answer, 2) + column - 1)
            Else
                result(row, column) = ""
            End If
        Next column
    Next row
    Fitted = result
End Function

Private Function Dimensions(ByVal values As Variant) As Long
    On Error GoTo counted
    Do While UBound(values, Dimensions + 1) >= LBound(values, Dimensions + 1)
        Dimensions = Dimensions + 1
    Loop
counted:
End Function
