#!/bin/sh
# @name@: a shell script in front of a jar, one file. Hosts start it with an empty environment, so it
# relies on nothing but the shell: it finds a Java 17 or newer, then becomes it (same process, so that
# signals, stdin and the exit code are Java's). Everything below the last line is the jar.
#
# JAVA_HOME              the Java to use, when it is 17 or newer; otherwise the newest one installed is found
# WASMCLOUD_JAVA_OPTS    more options for Java, split at blanks; they come last and so win, e.g. -Xmx1g

# major HOME: sets $major to the feature version of the Java in HOME, 0 if there is none. Reads the file
# that every JDK and JRE carries; starting each Java to ask it would cost more than the whole start.
major() {
  major=0
  [ -x "$1/bin/java" ] && [ -f "$1/lib/modules" ] && [ -r "$1/release" ] || return 0
  while IFS== read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    value=${value#\"}
    value=${value%%[!0-9]*}
    major=${value:-0}
    return 0
  done <"$1/release"
}

java_home=
newest=16
if [ -n "$JAVA_HOME" ]; then
  major "$JAVA_HOME"
  [ "$major" -lt 17 ] || java_home=$JAVA_HOME newest=$major
fi
if [ -z "$java_home" ]; then
  for dir in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /opt/*jre* /opt/*java* \
    /usr/local/*jdk* /usr/local/*jre* /usr/local/java* /usr/local/lib/jvm/* /usr/local/sdkman/candidates/java/* \
    "${SDKMAN_DIR:-${HOME:-/root}/.sdkman}"/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    major "$dir"
    [ "$major" -le "$newest" ] || java_home=$dir newest=$major
  done
fi
java=$java_home/bin/java

# The last resort is the Java of the path. Nothing tells its version but itself.
if [ -z "$java_home" ] && [ -n "$PATH" ] && java=$(command -v java); then
  version=$("$java" -version 2>&1)
  version=${version#*\"}
  newest=${version%%[!0-9]*}
  [ "${newest:-0}" -ge 17 ] && java_home=path
fi
if [ -z "$java_home" ]; then
  echo "@name@: cannot start: no Java 17 or newer in JAVA_HOME, the usual places (/usr/lib/jvm, /opt, /usr/local) or PATH; install one (Debian, Ubuntu: apt-get install openjdk-17-jre-headless) or set JAVA_HOME" >&2
  exit 1
fi

# File names and texts are UTF-8 whatever the environment says, and it says nothing at all.
[ -n "$LC_ALL$LC_CTYPE$LANG" ] || export LC_ALL=C.UTF-8
# glibc would keep a heap per thread.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

options=
# From 24 on the JVM warns about native libraries and about Unsafe, which Netty and the crypto library use.
[ "$newest" -lt 24 ] || options="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# stdout stays empty (a host reads it as a sign of life and logs it): what the JVM has to say goes to stderr.
exec "$java" \
  -Xshare:auto -Xlog:disable -Xlog:all=error:stderr -XX:+DisplayVMOutputToStderr -XX:+IgnoreUnrecognizedVMOptions \
  -XX:+UseSerialGC -XX:-UsePerfData \
  -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Duser.language=en \
  $options $WASMCLOUD_JAVA_OPTS -cp "$0" @main.class@ "$@"
