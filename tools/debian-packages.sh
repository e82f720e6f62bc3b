#!/bin/sh
# Installs the Debian packages that the tests use, where this is Debian and we may.
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
command -v openssl >/dev/null || missing="$missing openssl"
ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || missing="$missing libatomic1" # for the browser's driver
ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing="$missing faketime" # thirty years of stamps
[ -e /usr/share/java/bcpkix.jar ] || missing="$missing libbcpkix-java" # another hand's evidence records
[ -e /usr/share/java/jaxb-impl.jar ] || missing="$missing libjaxb-java" # another hand's judge of PDF/A needs it
command -v javac >/dev/null || missing="$missing default-jdk-headless"
command -v softhsm2-util >/dev/null || missing="$missing softhsm2" # a signing token made of software
for tool in fping iperf3 nft ip tc ping; do # an emulated network, and peers of the probe loop
    command -v $tool >/dev/null || case $tool in
    nft) missing="$missing nftables" ;;
    ip | tc) missing="$missing iproute2" ;;
    ping) missing="$missing iputils-ping" ;;
    *) missing="$missing $tool" ;;
    esac
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed:$missing (tests that need them will be skipped)"
    exit 0
fi
apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
