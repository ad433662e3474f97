/**
 * Which servers a link may ask: URLs taken apart as browsers do, lists of hosts and networks, and addresses that are looked
 * up once, checked, and then connected to.
 */
@NullMarked
package com.wasmcloud.httpclient.access;

import org.jspecify.annotations.NullMarked;
