#!/bin/sh
# Installs the course on a Debian, Ubuntu or Raspberry Pi OS with systemd:
#   sh deploy/install.sh retained-0.1.0.tgz
# The file is the npm package (npm run build:package). Read this first; it asks before it changes anything.
#
#   --yes      do not ask
#   --dry-run  only say what would be done
#   --remove   remove the program and the service; the data stays
set -eu

program=/opt/retained
unit=/etc/systemd/system/retained.service
user=retained
here=$(dirname -- "$0")
yes=no
dry=no
remove=no
package=

say() { printf '%s\n' "$*"; }
fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}
# Runs a command, or only says it.
run() {
  if [ "$dry" = yes ]; then
    say "  would run: $*"
  else
    "$@"
  fi
}
# Whether it may go on.
agree() {
  [ "$yes" = yes ] && return 0
  [ "$dry" = yes ] && return 0
  printf '%s [y/N] ' "$1"
  read -r answer || return 1
  case $answer in [yY]*) return 0 ;; *) return 1 ;; esac
}

for argument in "$@"; do
  case $argument in
  --yes) yes=yes ;;
  --dry-run) dry=yes ;;
  --remove) remove=yes ;;
  -h | --help)
    sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'
    exit 0
    ;;
  -*) fail "there is no option $argument; --help says which there are" ;;
  *) package=$argument ;;
  esac
done

[ "$dry" = yes ] || [ "$(id -u)" = 0 ] || fail "needs the rights of an administrator: sudo sh $0 …"
command -v systemctl >/dev/null 2>&1 || [ "$dry" = yes ] || fail "this system has no systemd; docs/hosting.md has other ways"

if [ "$remove" = yes ]; then
  say "Removes $program, $unit and /usr/bin/retained. /var/lib/retained, with classes and keys, stays."
  agree "Go on?" || fail "nothing was changed"
  run systemctl disable --now retained.service || true
  run rm -rf "$program" "$unit" /usr/bin/retained
  run systemctl daemon-reload
  exit 0
fi

[ -n "$package" ] || fail "name the package: sh $0 retained-0.1.0.tgz"
[ -f "$package" ] || fail "there is no file $package"
[ -f "$here/retained.service" ] || fail "retained.service has to be beside this script"
tar -tzf "$package" 2>/dev/null | grep -qx 'package/retained.mjs' || fail "$package is not the course's npm package"

# The course needs Node 22.18. Debian 12 has 18, Debian 13 has 20.
node=$(command -v node || true)
if [ -n "$node" ] && "$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)'; then
  say "Node: $("$node" --version) at $node"
else
  fail "needs Node 22.18 or newer, and this machine has ${node:-none}. Install Node 24 first: https://nodejs.org/en/download (or https://github.com/nodesource/distributions), then start this again."
fi

say "This will:"
say "  unpack $package to $program"
say "  make the user $user, without a password and without a home"
say "  keep classes and keys in /var/lib/retained"
say "  write $unit, and start it now and with the machine"
say "  serve on the ports 4321 (pages), 1883 and 8883 (MQTT), for everybody in the network"
agree "Go on?" || fail "nothing was changed"

run rm -rf "$program.new"
run mkdir -p "$program.new"
run tar -xzf "$package" -C "$program.new" --strip-components=1 --no-same-owner
run chmod -R u=rwX,go=rX "$program.new"
getent passwd "$user" >/dev/null 2>&1 ||
  run useradd --system --user-group --no-create-home --home-dir /var/lib/retained --shell /usr/sbin/nologin "$user"
# The old version goes only when the new one is whole.
if [ -d "$program" ]; then
  run systemctl stop retained.service || true
  run rm -rf "$program"
fi
run mv "$program.new" "$program"
if [ "$dry" = yes ]; then
  say "  would write: /usr/bin/retained, $unit"
else
  printf '#!/bin/sh\nexec "%s" "%s/retained.mjs" "$@"\n' "$node" "$program" >/usr/bin/retained
  chmod 755 /usr/bin/retained
  install -m 644 "$here/retained.service" "$unit"
fi
run systemctl daemon-reload
run systemctl enable --now retained.service
say "Done. The log, with the addresses: journalctl -u retained"
say "The teacher's key is in /var/lib/retained/teacher-secret."
