package io.nats.planted;

/** Planted: something of the NATS client. */
public class Client {}
