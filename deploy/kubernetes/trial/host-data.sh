#!/bin/sh
# Makes keys, passwords and host data for the providers of this overlay, once; what is there stays.
# usage: host-data.sh ACTOR-KEY [FOLDER-WITH-THE-MODULES]
set -eu
actor=${1:?usage: host-data.sh ACTOR-KEY [FOLDER-WITH-THE-MODULES]}
cd "$(dirname "$0")"
modules=${2:-../../..}
umask 077
mkdir -p secrets

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
once() { [ -e "secrets/$1" ] || { cat >"secrets/$1.new" && mv "secrets/$1.new" "secrets/$1"; }; }
make() {
  provider=$1
  shift
  [ -e "secrets/$provider" ] || "$modules/$provider/target/$provider" host-data --lattice trial --nats nats://nats:4222 \
    --cluster-seed secrets/cluster.seed --links-from-bucket --link "actor=$actor" "$@" --output "secrets/$provider"
}

random | once valkey.password
random | once s3.password
once valkey.conf <<END
requirepass $(cat secrets/valkey.password)
port 6379
save ""
END
once s3proxy.conf <<END
s3proxy.endpoint=http://0.0.0.0:8080
s3proxy.authorization=aws-v4
s3proxy.identity=trial
s3proxy.credential=$(cat secrets/s3.password)
s3proxy.ignore-unknown-headers=true
jclouds.provider=transient
jclouds.identity=trial
jclouds.credential=trial
END

make keyvalue-redis-provider url=redis://valkey:6379 password=@secrets/valkey.password
make blobstore-s3-provider endpoint=http://s3:8080 access_key_id=trial secret_access_key=@secrets/s3.password
make httpclient-provider deny_networks=private
make httpserver-provider address=0.0.0.0:8080
make logging-provider
