# install.sh [update|''] package…: installs Debian packages without starting a service or making a database.
set -eu
export DEBIAN_FRONTEND=noninteractive
update=$1
shift

policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.d/campanella.conf
ours=
cleanup() {
    rm -f "$cluster"
    if [ -n "$ours" ]; then rm -f "$policy"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

# Debian asks this file before a package starts its service; 101 forbids it. One that exists is left alone.
if [ ! -e "$policy" ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
# PostgreSQL's package makes a cluster at its first installation unless it is told not to.
mkdir -p "${cluster%/*}"
echo 'create_main_cluster = false' > "$cluster"

if [ -n "$update" ]; then
    # One unreachable source among several is no reason to give up: the installation says what it lacks.
    apt-get update -q || echo 'apt-get update had errors'
fi
apt-get install -q -y --no-install-recommends "$@"

# The private Redis needs the program only; the system's own service would start at the next boot.
case " $* " in
*' redis-server '*) update-rc.d redis-server disable || true ;;
esac
