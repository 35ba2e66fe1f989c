; Links to call journeys, for all who use the computer. electron-builder's own installer does not register a scheme.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\uccx-widget" "" "URL:UCCX call journey"
  WriteRegStr SHELL_CONTEXT "Software\Classes\uccx-widget" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\uccx-widget\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

; Nothing of it stays: not the scheme, and not the start with the computer of whoever takes it away.
!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\uccx-widget"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "com.openmethods.uccx-team-widget"
!macroend
