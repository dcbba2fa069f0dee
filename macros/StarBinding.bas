Attribute VB_Name = "StarBinding"
Option Explicit
Option Private Module

' Excel keeps a function of an add-in with the path that the add-in had where the workbook was saved, and leaves a
' name that some other program wrote unbound. Both are entered again here, on protected sheets too, and a workbook
' that nobody touched stays unchanged in the eyes of Excel.

Private Const NAME_START As String = "STAR"
Private Const ADD_IN_FILE As String = "starscore.xlam"

Public Sub RebindWorkbook(ByVal book As Workbook)
    Dim sheet As Worksheet
    Dim wasSaved As Boolean
    Dim hadEvents As Boolean
    On Error GoTo failed
    If book Is ThisWorkbook Then Exit Sub
    wasSaved = book.Saved
    hadEvents = Application.EnableEvents
    Application.EnableEvents = False
    For Each sheet In book.Worksheets
        RebindSheet sheet
    Next sheet
    Application.EnableEvents = hadEvents
    If wasSaved Then book.Saved = True
    Exit Sub
failed:
    Application.EnableEvents = True
End Sub

Public Sub RebindSheet(ByVal sheet As Worksheet)
    Dim places As Collection
    Dim place As Variant
    Dim guard As StarProtection
    On Error GoTo failed
    Set places = UnboundPlaces(sheet)
    If places.Count = 0 Then Exit Sub
    Set guard = New StarProtection
    If Not guard.Lift(sheet) Then Exit Sub
    For Each place In places
        EnterAgain sheet.Range(place)
    Next place
failed:
    If Not guard Is Nothing Then guard.Restore
End Sub

' The first cells of all formulas that call a function of ours by a path, or that the host has left unbound.
Public Function UnboundPlaces(ByVal sheet As Worksheet) As Collection
    Dim places As New Collection
    Dim seen As New Collection
    Dim found As Range
    Dim cell As Range
    Set UnboundPlaces = places
    Set found = NextCall(sheet, sheet.Cells(1, 1))
    Do While Not found Is Nothing
        If Not AddedOnce(seen, found.Address) Then Exit Do
        Set cell = found
        If found.HasArray Then Set cell = found.CurrentArray.Cells(1, 1)
        If IsToBeEntered(cell) Then AddedOnce places, cell.Address
        Set found = NextCall(sheet, LastOfColumn(found))
    Loop
End Function

Private Function NextCall(ByVal sheet As Worksheet, ByVal before As Range) As Range
    Set NextCall = sheet.Cells.Find(What:=NAME_START, After:=before, LookIn:=xlFormulas, LookAt:=xlPart, _
        SearchOrder:=xlByColumns, MatchCase:=False)
End Function

' Of an array only the first cell of each of its columns is looked at.
Private Function LastOfColumn(ByVal cell As Range) As Range
    Set LastOfColumn = cell
    If cell.HasArray Then
        With cell.CurrentArray
            Set LastOfColumn = .Cells(.Rows.Count, cell.Column - .Column + 1)
        End With
    End If
End Function

Private Function AddedOnce(ByVal places As Collection, ByVal place As String) As Boolean
    On Error GoTo known
    places.Add place, place
    AddedOnce = True
known:
End Function

Private Function IsToBeEntered(ByVal cell As Range) As Boolean
    Dim shown As Variant
    If Not cell.HasFormula Then Exit Function
    If PlainFormula(cell.Formula) <> cell.Formula Then
        IsToBeEntered = True
    ElseIf CallsUs(cell.Formula) Then
        shown = cell.Value
        If IsError(shown) Then
            IsToBeEntered = (CLng(shown) = xlErrName)
        Else
            IsToBeEntered = (CStr(shown) = StarText("not_installed"))
        End If
    End If
End Function

' An array stays an array, a spilling formula stays one (Formula2 is not there before dynamic arrays).
Private Sub EnterAgain(ByVal cell As Range)
    Dim plain As String
    Dim target As Object
    plain = PlainFormula(cell.Formula)
    If cell.HasArray Then
        cell.CurrentArray.FormulaArray = plain
        Exit Sub
    End If
    Set target = cell
    On Error GoTo before_spilling
    target.Formula2 = plain
    Exit Sub
before_spilling:
    Resume plainly
plainly:
    On Error GoTo 0
    cell.Formula = plain
End Sub

' True for a formula that calls a function of ours.
Public Function CallsUs(ByVal formula As String) As Boolean
    Dim at As Long
    at = InStr(1, formula, NAME_START, vbTextCompare)
    Do While at > 0
        If IsCall(formula, at) Then
            CallsUs = True
            Exit Function
        End If
        at = InStr(at + 1, formula, NAME_START, vbTextCompare)
    Loop
End Function

Private Function IsCall(ByVal formula As String, ByVal at As Long) As Boolean
    Dim last As Long
    If InText(formula, at) Then Exit Function
    If at > 1 Then
        If Mid$(formula, at - 1, 1) Like "[A-Za-z0-9_.]" Then Exit Function
    End If
    last = at
    Do While Mid$(formula, last, 1) Like "[A-Za-z]"
        last = last + 1
    Loop
    If Mid$(formula, last, 1) = "(" Then IsCall = IsStarFunction(Mid$(formula, at, last - at))
End Function

' Between two double quotes, where a formula holds plain text.
Private Function InText(ByVal formula As String, ByVal at As Long) As Boolean
    Dim position As Long
    For position = 1 To at - 1
        If Mid$(formula, position, 1) = """" Then InText = Not InText
    Next position
End Function

' The formula without paths before our functions: [1]!STARRANK(, 'C:\some where\StarScore.xlam'!STARRANK( and
' StarScore.xlam!STARRANK( all become STARRANK(.
Public Function PlainFormula(ByVal formula As String) As String
    Dim at As Long
    Dim start As Long
    PlainFormula = formula
    at = InStr(1, PlainFormula, "!" & NAME_START, vbTextCompare)
    Do While at > 0
        start = 0
        If IsCall(PlainFormula, at + 1) Then start = PathStart(PlainFormula, at - 1)
        If start > 0 Then
            PlainFormula = Left$(PlainFormula, start - 1) & Mid$(PlainFormula, at + 1)
            at = start
        Else
            at = at + 1
        End If
        at = InStr(at, PlainFormula, "!" & NAME_START, vbTextCompare)
    Loop
End Function

' Where the path that ends before the exclamation mark begins; 0 for one that is not the add-in's.
Private Function PathStart(ByVal formula As String, ByVal last As Long) As Long
    Dim start As Long
    start = last
    If Mid$(formula, last, 1) = "'" Then
        start = start - 1
        Do While start > 0
            If Mid$(formula, start, 1) = "'" Then
                If start = 1 Then Exit Do
                If Mid$(formula, start - 1, 1) <> "'" Then Exit Do
                start = start - 1
            End If
            start = start - 1
        Loop
    Else
        Do While start > 1
            If InStr("=(,;+-*/^&<>{ ", Mid$(formula, start - 1, 1)) > 0 Then Exit Do
            start = start - 1
        Loop
    End If
    If start > 0 Then
        If IsOurs(Mid$(formula, start, last - start + 1)) Then PathStart = start
    End If
End Function

' [1] is how a formula names the first linked file where Excel itself has not opened the workbook.
Private Function IsOurs(ByVal path As String) As Boolean
    path = LCase$(Replace(path, "'", ""))
    IsOurs = (path Like "[[]#]" Or path Like "[[]##]" Or Right$(path, Len(ADD_IN_FILE)) = ADD_IN_FILE)
End Function
