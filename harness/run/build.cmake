# Writes which commit is being built: cmake -DSOURCE=… -DTEMPLATE=… -DOUT=… -P build.cmake
execute_process(
  COMMAND git -C "${SOURCE}" describe --always --dirty=+changes --exclude=* --abbrev=12
  OUTPUT_VARIABLE CONFORM_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
configure_file("${TEMPLATE}" "${OUT}" @ONLY)  # touches the file only where it differs
