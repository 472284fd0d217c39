#!/bin/sh
# Four network namespaces in a line, as on an instance: the metadata service, the host, a container on the host, a container in
# that container. Run it where the mounts and the network are its own: `unshare -Urnm sh lab/network.sh`.
set -e
mount -t tmpfs tmpfs /run # `ip netns` keeps its names there, and only root may write into the real one
mkdir /run/netns

space() { ip netns add "$1"; ip -n "$1" link set lo up; }
link() { # from, its end, to, its end
  ip -n "$1" link add name "$2" type veth peer name "$4" netns "$3"
  ip -n "$1" link set "$2" up
  ip -n "$3" link set "$4" up
}
forwards() { nsenter --net=/run/netns/"$1" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'; } # as a router: one off the TTL

for name in service host container nested; do space "$name"; done
link service host0 host service0
link host container0 container host0
link container nested0 nested container0
forwards host
forwards container

ip -n service addr add 169.254.169.254/32 dev host0
ip -n service route add 10.0.0.0/8 via 10.0.0.1 dev host0 onlink
ip -n host addr add 10.0.0.1/32 dev service0
ip -n host route add 169.254.169.254 dev service0

ip -n host addr add 10.0.1.1/24 dev container0
ip -n container addr add 10.0.1.2/24 dev host0
ip -n container route add default via 10.0.1.1

ip -n container addr add 10.0.2.1/24 dev nested0
ip -n nested addr add 10.0.2.2/24 dev container0
ip -n nested route add default via 10.0.2.1
ip -n host route add 10.0.2.0/24 via 10.0.1.2
