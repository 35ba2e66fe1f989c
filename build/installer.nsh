; Links to call journeys, for all who use the computer. electron-builder's own installer does not register a scheme.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\uccx-widget" "" "URL:UCCX call journey"
  WriteRegStr SHELL_CONTEXT "Software\Classes\uccx-widget" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\uccx-widget\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

; A new version takes the old one away first. The start with the computer is each user's own: only that of whoever takes it away goes.
!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\uccx-widget"
  ${ifNot} ${isUpdated}
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "com.openmethods.uccx-team-widget"
  ${endIf}
!macroend
