#!/bin/sh
# @name@: this script and, after its last line, a jar: one file. Hosts start it with an empty environment, so
# it needs nothing but the shell. It finds a Java 17 or newer and becomes it: the same process, so that signals,
# stdin and the exit code are Java's.
#
# JAVA_HOME              the Java to use if it is 17 or newer; otherwise the newest one installed
# WASMCLOUD_JAVA_OPTS    more options for Java, split at blanks; they come last and so win, e.g. -Xmx1g
# WASMCLOUD_JAVA_CACHE   directory, ours alone, of the AppCDS archives, which halve later starts (40 MB a provider);
#                        /tmp/wasmcloud-java-<user id> when unset; when empty nothing is kept

fail() {
  echo "@name@: cannot start: $1" >&2
  exit 1
}

# use HOME: takes the Java in HOME when it is newer than what was found before. Reads the file that every JDK and
# JRE carries; asking each Java for its version would cost more than the whole start.
use() {
  [ -x "$1/bin/java" ] && [ -f "$1/lib/modules" ] && [ -r "$1/release" ] || return 0
  build=
  while IFS== read -r name value; do
    value=${value#\"}
    value=${value%\"}
    case $name in
    JAVA_RUNTIME_VERSION) build=$value ;;
    JAVA_VERSION)
      major=${value%%[!0-9]*}
      [ "${major:-0}" -le "$java_major" ] || java=$1/bin/java java_major=$major java_version=${build:-$value}
      return 0
      ;;
    esac
  done <"$1/release"
}

java= java_major=16 java_version=
[ -z "$JAVA_HOME" ] || use "$JAVA_HOME"
if [ -z "$java" ]; then
  home=${HOME:-/nonexistent}
  for dir in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /opt/*jre* /opt/*java* \
    /usr/local/*jdk* /usr/local/*jre* /usr/local/java* /usr/local/lib/jvm/* /usr/local/sdkman/candidates/java/* \
    "${SDKMAN_DIR:-$home/.sdkman}"/candidates/java/* "$home"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    use "$dir"
  done
fi
# The Java of the path comes last: only itself can tell its version.
if [ -z "$java" ] && [ -n "$PATH" ] && found=$(command -v java); then
  version=$("$found" -version 2>&1)
  version=${version#*\"}
  version=${version%%\"*}
  major=${version%%[!0-9]*}
  [ "${major:-0}" -le "$java_major" ] || java=$found java_major=$major java_version=$version
fi
[ -n "$java" ] || fail "found no Java 17 or newer in JAVA_HOME, the usual places (/usr/lib/jvm, /opt, /usr/local) or \
PATH; install one (Debian and Ubuntu: apt-get install openjdk-17-jre-headless) or set JAVA_HOME"
case $0 in *:*) fail "Java takes the ':' in $0 for a separator; use a path without it" ;; esac

# options: from here to the end of them the same in self-contained files, which know java_major, too
set -f

# File names and texts are UTF-8, whatever the environment says or does not say.
[ -n "$LC_ALL$LC_CTYPE$LANG" ] || export LC_ALL=C.UTF-8
# glibc would keep a heap for each thread.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

# stdout stays empty, hosts log what comes there: the JVM's own errors go to stderr, its warnings nowhere.
flags="-Xlog:disable -Xlog:all=error,cds*=off:stderr -XX:+DisplayVMOutputToStderr -XX:+IgnoreUnrecognizedVMOptions"
# The serial collector: the least memory. Both compilers: the first one alone would save 20 MB and some of the start, and
# cost a third more CPU time in each call.
case $WASMCLOUD_JAVA_OPTS in *-XX:+Use*GC*) ;; *) flags="$flags -XX:+UseSerialGC" ;; esac
# memory_limit: sets limit to the MiB that this process may use, the least of its control groups', or to nothing.
memory_limit() {
  limit=
  [ -r /proc/self/cgroup ] || return 0
  while IFS=: read -r _ controllers path; do
    case ,$controllers, in
    ,,) file=/sys/fs/cgroup/%/memory.max ;;
    *,memory,*) file=/sys/fs/cgroup/memory/%/memory.limit_in_bytes ;;
    *) continue ;;
    esac
    # in a container the path is often the one outside: what there is of it counts, and the container's own is at the top
    while :; do
      bytes=max
      [ ! -r "${file%%/%*}$path${file##*%}" ] || read -r bytes <"${file%%/%*}$path${file##*%}"
      case $bytes in
      *[!0-9]* | '' | ?????????????*) ;; # no limit, or one of a terabyte and more
      *) [ -n "$limit" ] && [ "$limit" -le "$((bytes / 1048576))" ] || limit=$((bytes / 1048576)) ;;
      esac
      case $path in '' | /) break ;; esac
      path=${path%/*}
    done
  done </proc/self/cgroup
}

# The heap has a bound whatever arrives. Where memory is limited it follows the limit, and leaves a quarter and 64 MiB to all
# that is not heap: code, classes, threads, buffers.
heap=@heap.max@
memory_limit
if [ -n "$limit" ]; then
  heap=$((limit - limit / 4 - 64))
  [ "$heap" -ge 24 ] || heap=24
  [ "$heap" -le 24576 ] || heap=24576
fi
# The part for new objects, in which calls come and go; a small heap has a small one, as may one that the user chose.
young=@heap.young@
[ "$young" -le "$((heap / 4))" ] || young=8
case $WASMCLOUD_JAVA_OPTS in *-Xmx* | *MaxHeapSize* | *MaxRAM*) young=8 ;; esac
# A command ends soon, and a health check has to fit into the limit beside the provider: a small heap is enough for it, and
# only the first compiler pays.
command=
case $1 in
health | host-data | --version | --help | -h)
  command=$1
  [ "$heap" -le 32 ] || heap=32
  flags="$flags -XX:TieredStopAtLevel=1"
  ;;
esac
# It stays as small as the calls in flight allow: a full collection, which IdleHeap asks for after a busy time, gives all back
# but a third of what is in use.
flags="$flags -Xms$((young + 8))m -Xmn${young}m -Xmx${heap}m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 -XX:-ShrinkHeapInSteps"
# What is not heap has bounds, too: Netty's buffers, the classes, the compiled code.
flags="$flags -XX:MaxDirectMemorySize=$((heap / 2))m -XX:MaxMetaspaceSize=96m -XX:ReservedCodeCacheSize=64m"
# What the compilers took goes back to the system, 20 to 30 MB; Java 17 cannot do that.
flags="$flags -XX:TrimNativeHeapInterval=2000"
# No full collection at the start because classes fill a first 20 MB; no statistics file in /tmp.
flags="$flags -XX:MetaspaceSize=64m -XX:-UsePerfData"
flags="$flags -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Duser.language=en @java.options@"
# From 24 on the JVM warns about Unsafe, which Netty uses, and about native libraries.
[ "$java_major" -lt 24 ] ||
  flags="$flags --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

# From 25 on: objects with a smaller head; and an archive that is mapped where it says instead of anywhere: it needs no
# relocation, and pages that nobody writes to stay shared with the file (15 MB).
[ "$java_major" -lt 25 ] ||
  flags="$flags -XX:+UseCompactObjectHeaders -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
# end of options

# make_archive: puts the classes that this first start loads into an archive, which later starts map instead of reading,
# checking and linking them again. Runs beside Java: waits until no new class has come for some seconds, and works for
# some more at the lowest priority; tied to nothing of ours.
make_archive() {
  exec </dev/null >/dev/null 2>&1
  PATH=/usr/bin:/bin
  cd / && set +f
  find "$archive.lock" -prune -mmin +10 -exec rmdir {} +
  mkdir "$archive.lock" || return
  trap 'rm -rf "$archive.lock" "$archive.new" "$archive.list"*' EXIT
  find "$cache" -maxdepth 1 -type f -atime +30 -exec rm -f {} +
  # each revision and each link of a provider is another file for its host, and leaves an archive: 16 are enough
  ls -1tu "$cache" | grep '\.jsa$' | tail -n +17 | while IFS= read -r old; do rm -f "$cache/$old"; done
  find "$cache" -maxdepth 1 -type d -name 'amazonCorretto*' -mmin +10 -exec rm -rf {} +
  size=0 idle=0
  while [ "$idle" -lt 5 ] && kill -0 $$; do
    sleep 1
    before=$size
    size=$(wc -l <"$list")
    [ "$size" = "$before" ] && idle=$((idle + 1)) || idle=0
  done
  # the last line may be half written; a short list is of a start that failed
  sed '$d' "$list" >"$archive.list" && [ "$(wc -l <"$archive.list")" -gt 2000 ] || exit
  # from 24 on the list must name what else of a class is archived; Java would do that itself if it were to end now
  # shellcheck disable=SC2086
  [ "$java_major" -lt 24 ] ||
    nice -n 19 "$java" $flags -cp "$program" com.wasmcloud.launcher.ClassList "$archive.list" >"$archive.list.more" ||
    exit
  [ ! -f "$archive.list.more" ] || cat "$archive.list.more" >>"$archive.list"
  touch -r "$program" "$archive.list"
  # shellcheck disable=SC2086
  nice -n 19 "$java" $flags -XX:+AOTClassLinking -Xshare:dump -XX:SharedClassListFile="$archive.list" \
    -XX:SharedArchiveFile="$archive.new" -cp "$program" && touch -m -r "$archive.list" "$archive.new" &&
    sync && mv -f "$archive.new" "$archive"
}

# Without an archive, checking the byte code of all classes would be a quarter of a start. They are our own and lie in
# this file; those of an archive are checked when it is made.
unchecked="-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"

# The folder must be ours alone, for the JVM trusts what is in it; otherwise, or when a file system is read-only, the
# start is just a slower one. The JVM itself refuses an archive that was made by another build of it or for another jar.
program=$0
archive=
unpacked=
cache=${WASMCLOUD_JAVA_CACHE-/tmp/wasmcloud-java-$(/usr/bin/id -u 2>/dev/null)}
case $program,$cache in
/*,/*)
  [ -d "$cache" ] || (umask 077 && /bin/mkdir -p "$cache") 2>/dev/null
  case $([ -O "$cache" ] && [ ! -L "$cache" ] && /bin/ls -ld "$cache" 2>/dev/null) in
  drwx------[!+]*)
    # here the crypto library unpacks its native half and deletes it once it is loaded, unless it is killed just then
    unpacked=-Dcom.amazon.corretto.crypto.provider.tmpdir=$cache
    key=@digest@-$java_version-$young rest=$program
    while [ "$rest" != "${rest#*/}" ]; do key=$key+${rest%%/*} rest=${rest#*/}; done
    archive=$cache/$key+$rest.jsa
    # an archive that holds objects needs a heap of the first size at least as ours, or the JVM does not start
    case $WASMCLOUD_JAVA_OPTS in *-Xm[ns]* | *NewSize* | *InitialHeap* | *NewRatio*) archive= ;; esac
    # the JVM would go on without an archive that is of another time than its jar; the two have the same
    if [ -z "$archive" ]; then
      :
    elif [ -f "$archive" ] && [ ! "$archive" -nt "$program" ] && [ ! "$archive" -ot "$program" ]; then
      archive=-XX:SharedArchiveFile=$archive
      unchecked=
    elif [ -n "$command" ] || [ "${limit:-512}" -lt 512 ]; then
      archive= # a command loads few classes of the provider; and making one takes as much memory as the provider
    else
      list=$archive.list.$$
      (make_archive &)
      archive=-XX:DumpLoadedClassList=$list
    fi
    ;;
  esac
  ;;
esac

# Not with -jar: that would read the directory of the jar for its manifest, and with an archive nothing else needs it.
# shellcheck disable=SC2086
exec "$java" -Xshare:auto $flags $unchecked ${archive:+"$archive"} ${unpacked:+"$unpacked"} $WASMCLOUD_JAVA_OPTS \
  -cp "$program" '@main.class@' "$@"
