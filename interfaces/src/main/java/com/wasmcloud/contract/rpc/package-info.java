/**
 * How a capability contract is written down: codecs that describe a record once for every encoding, and contracts
 * that map operation names to methods. No I/O and no threads live here.
 */
@NullMarked
package com.wasmcloud.contract.rpc;

import org.jspecify.annotations.NullMarked;
