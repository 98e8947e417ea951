#!/bin/sh
# Installs the course on a Debian, Ubuntu or Raspberry Pi OS with systemd:
#   sh deploy/install.sh retained-0.1.0.tgz
# The file is the npm package (npm run build:package). Read this first; it asks before it changes anything.
#
#   --yes      do not ask
#   --dry-run  only say what would be done
#   --hotspot <name>  make a Wi-Fi of this name, for a class without one (needs NetworkManager)
#   --remove   remove the program, the service and the Wi-Fi; the data stays
set -eu

program=/opt/retained
unit=/etc/systemd/system/retained.service
user=retained
here=$(dirname -- "$0")
yes=no
dry=no
remove=no
package=
hotspot=

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

while [ $# -gt 0 ]; do
  argument=$1
  shift
  case $argument in
  --hotspot)
    hotspot=${1-}
    [ -n "$hotspot" ] || fail "--hotspot needs a name for the Wi-Fi"
    # IEEE 802.11: an SSID has 32 bytes at most.
    [ "$(printf %s "$hotspot" | wc -c)" -le 32 ] || fail "the name of a Wi-Fi has at most 32 bytes"
    shift
    ;;
  --yes) yes=yes ;;
  --dry-run) dry=yes ;;
  --remove) remove=yes ;;
  -h | --help)
    sed -n '2,10p' "$0" | sed 's/^# \{0,1\}//'
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
  if [ "$dry" = yes ] || [ -d /run/systemd/system ]; then
    run systemctl disable --now retained.service || true
  else
    systemctl disable retained.service || true
  fi
  run rm -rf "$program" "$unit" /usr/bin/retained
  if command -v nmcli >/dev/null 2>&1; then run nmcli connection delete retained-hotspot || true; fi
  if [ "$dry" = yes ] || [ -d /run/systemd/system ]; then run systemctl daemon-reload; fi
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
if [ -n "$hotspot" ]; then
  command -v nmcli >/dev/null 2>&1 || [ "$dry" = yes ] || fail "--hotspot needs NetworkManager: apt-get install network-manager"
  say "  make a Wi-Fi “$hotspot” with a password; this machine's own Wi-Fi is then no longer a client of another"
fi
agree "Go on?" || fail "nothing was changed"

run rm -rf "$program.new"
run mkdir -p "$program.new"
run tar -xzf "$package" -C "$program.new" --strip-components=1 --no-same-owner
run chmod -R u=rwX,go=rX "$program.new"
getent passwd "$user" >/dev/null 2>&1 ||
  run useradd --system --user-group --no-create-home --home-dir /var/lib/retained --shell /usr/sbin/nologin "$user"
# The old version goes only when the new one is whole.
if [ -d "$program" ]; then
  if [ "$dry" = yes ] || [ -d /run/systemd/system ]; then run systemctl stop retained.service || true; fi
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
if [ "$dry" = yes ] || [ -d /run/systemd/system ]; then
  run systemctl daemon-reload
  run systemctl enable --now retained.service
else
  # Such as the root of an image: it starts with the machine.
  systemctl enable retained.service
fi
if [ -n "$hotspot" ]; then
  # 80 bits; only letters and digits that nobody mistakes for others.
  password=$(LC_ALL=C tr -dc 'abcdefghjkmnpqrstuvwxyz23456789' </dev/urandom | head -c 16)
  nmcli connection delete retained-hotspot >/dev/null 2>&1 || true
  run nmcli connection add type wifi con-name retained-hotspot autoconnect yes ssid "$hotspot" \
    802-11-wireless.mode ap 802-11-wireless.band bg ipv4.method shared ipv6.method disabled
  if [ "$dry" = no ]; then
    # Not as an argument: those of a program can be read by everybody on the machine.
    printf 'set wifi-sec.key-mgmt wpa-psk\nset wifi-sec.psk %s\nsave\nquit\n' "$password" |
      nmcli connection edit retained-hotspot >/dev/null
    nmcli connection up retained-hotspot
    say "The Wi-Fi “$hotspot” has the password $password; learners then open http://10.42.0.1:4321/"
  fi
fi
say "Done. The log, with the addresses: journalctl -u retained"
say "The teacher's key is in /var/lib/retained/teacher-secret."
