#!/bin/sh
# Replaces fpm, with which electron-builder builds deb and rpm, where it can't be downloaded. Writes its arguments into
# the folder STAND_IN_FPM, one per line, with the desktop file that would go into the package.
kind=unknown
previous=''
for argument in "$@"; do
  [ "$previous" = '-t' ] && kind=$argument
  previous=$argument
done
printf '%s\n' "$@" >"$STAND_IN_FPM/$kind.arguments"
for argument in "$@"; do
  case $argument in
    *.desktop=*) cp "${argument%%=*}" "$STAND_IN_FPM/$kind.desktop" ;;
  esac
  [ "$previous" = '--after-install' ] && cp "$argument" "$STAND_IN_FPM/$kind.after-install"
  previous=$argument
done
