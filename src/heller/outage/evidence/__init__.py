"""What bears witness to an outage: routers, servers, offices, queues, bursts."""
