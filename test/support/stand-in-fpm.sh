#!/bin/sh
# Stands in for fpm, by which electron-builder makes deb and rpm, where that can't be downloaded: writes what it was told to
# do into the folder STAND_IN_FPM, one argument to a line, with the desktop file that would go into the package.
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
