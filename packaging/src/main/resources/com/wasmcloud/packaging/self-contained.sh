#!/bin/sh
# @name@ for @platform@: this script and, behind it, a Java runtime, the provider and its archive of classes: one file that
# needs nothing installed but a shell, tar and gzip. The first start unpacks it; this process then becomes Java, so that its
# id, signals, stdin and the exit code are Java's.
#
# WASMCLOUD_JAVA_CACHE   directory, ours alone, to unpack into (@unpacked@ MB); /tmp/wasmcloud-java-<user id> when unset or empty
# WASMCLOUD_JAVA_OPTS    more options for Java, split at blanks; they come last and so win, e.g. -Xmx1g

fail() {
  echo "@name@: cannot start: $1" >&2
  exit 1
}

java_major=@java.major@
@options@

# every file of an unpacked runtime: size, time, name
manifest='@manifest@'
program=$0

# usable FOLDER: whether it is, or could be made, a folder of ours that nobody else may write to: what is in it is run
usable() {
  case $1 in
  *:*) problem="Java takes the ':' in $1 for a separator" ;;
  /*)
    problem="the folder $1 cannot be made"
    [ -d "$1" ] || (umask 077 && /bin/mkdir -p "$1") 2>/dev/null || return 1
    case $([ -O "$1" ] && [ ! -L "$1" ] && /bin/ls -ld "$1" 2>/dev/null) in drwx------[!+]*) return 0 ;; esac
    problem="the folder $1 belongs to another user, or others may use it too (mode 0700 is needed)"
    ;;
  *) problem="$1 does not begin with a slash" ;;
  esac
  return 1
}

# intact: whether all that was unpacked is there, as long and as old as it was packed
intact() {
  [ "$(
    PATH=/usr/bin:/bin
    cd "$home" 2>/dev/null && stat -c '%s %Y %n' @files@ 2>/dev/null
  )" = "$manifest" ]
}

# part OFFSET BYTES: that part of this file
part() { tail -c "+$1" "$program" | head -c "$2"; }

# unpack: into a folder beside, which takes its name when it is whole; the large parts at the same time
unpack() {
  PATH=/usr/bin:/bin
  set +f
  length=$(wc -c <"$program")
  [ "$length" -eq @size@ ] || {
    echo "$program is not whole: it has $length of @size@ bytes"
    return 1
  }
  new=$home.new.$$
  (umask 077 && mkdir "$new" "$new/lib" "$new/lib/server") || return 1
  trap 'rm -rf "$new"' EXIT
  part @archive.offset@ @archive.bytes@ | gzip -dc >"$new/provider.jsa" &
  archive=$!
  part @jvm.offset@ @jvm.bytes@ | gzip -dc >"$new/lib/server/libjvm.so" &
  jvm=$!
  part @rest.offset@ @rest.bytes@ | tar -xf - -C "$new" --no-same-owner &&
    wait "$archive" && wait "$jvm" && touch -d @@epoch@ "$new/provider.jsa" "$new/lib/server/libjvm.so" || return 1
  # a broken one may be in use: it leaves the name, and then goes when the next version comes
  [ ! -d "$home" ] || mv -T "$home" "$home.old.$$" || return 1
  mv -T "$new" "$home" || return 1
  trap - EXIT
}

# remove_old: whatever else of this provider was unpacked and is not held by a process, in this container or another
remove_old() {
  exec </dev/null >/dev/null 2>&1 9<&-
  PATH=/usr/bin:/bin
  set +f
  for old in "$cache/@name@"-????????????????*; do
    [ "$old" != "$home" ] && [ -d "$old" ] && [ ! -L "$old" ] || continue
    exec 7<"$old"
    flock -xn 7 && rm -rf "$old"
  done
}

# hold: says to others, for as long as this process lives, that the folder is in use; systemd-tmpfiles heeds it, too
hold() {
  [ -d "$home" ] || return 1
  exec 9<"$home"
  [ ! -x /usr/bin/flock ] || /usr/bin/flock -s -w 20 9
}

if [ -n "$WASMCLOUD_JAVA_CACHE" ]; then
  cache=$WASMCLOUD_JAVA_CACHE
  usable "$cache" || fail "$problem; set WASMCLOUD_JAVA_CACHE to another folder"
else
  user=$(/usr/bin/id -u)
  cache=/tmp/wasmcloud-java-$user
  usable "$cache" || { why=$problem cache=/var/tmp/wasmcloud-java-$user && usable "$cache"; } ||
    fail "$why; set WASMCLOUD_JAVA_CACHE to a folder to unpack into"
fi
home=$cache/@name@-@digest@

if ! hold || ! intact; then
  for tool in tail head tar gzip stat wc touch mv rm; do
    [ -x "/usr/bin/$tool" ] || [ -x "/bin/$tool" ] || fail "it needs $tool in /usr/bin or /bin to unpack its Java runtime"
  done
  # one unpacks, the others wait for it
  exec 9<&- 8<"$cache"
  [ ! -x /usr/bin/flock ] || /usr/bin/flock -x -w 60 8
  if ! hold || ! intact; then
    exec 9<&-
    problem=$(unpack 2>&1) || fail "cannot unpack its Java runtime into $cache: ${problem%%
*}; set WASMCLOUD_JAVA_CACHE to a folder with room for @unpacked@ MB"
    hold
    [ -x "$home/bin/java" ] ||
      fail "no program may run in $cache (mounted with noexec); set WASMCLOUD_JAVA_CACHE to another folder"
    [ ! -x /usr/bin/flock ] || (remove_old &)
  fi
  exec 8<&-
fi

archive=-XX:SharedArchiveFile=$home/provider.jsa
# an archive that holds objects needs a heap of the first size at least as ours, or the JVM does not start
case $WASMCLOUD_JAVA_OPTS in *-Xm[ns]* | *NewSize* | *InitialHeap* | *NewRatio*) archive=-Xshare:off ;; esac
# shellcheck disable=SC2154
[ "$young" = '@heap.young@' ] || archive=-Xshare:off
# shellcheck disable=SC2086
exec "$home/bin/java" -Xshare:auto $flags "$archive" $WASMCLOUD_JAVA_OPTS \
  -cp "$home/provider.jar" '@main.class@' "$@"
