import { type RegisterOptions, registerBoth } from "proto4/connect";
import { createOrders } from "../../fixtures/shop/app/orders.js";
import { createUsers } from "../../fixtures/shop/app/users.js";
import { orderServiceBridge } from "../../fixtures/shop/gen/shop/v4/order_proto4.js";
import { userServiceBridge } from "../../fixtures/shop/gen/shop/v4/user_proto4.js";
import { type RunningServer, startServer } from "./start-server.js";

/** The shop of the demo, with users and orders of its own. */
export function startShop(options?: RegisterOptions): Promise<RunningServer> {
  const users = createUsers();
  const orders = createOrders();
  return startServer((router) => {
    registerBoth(router, userServiceBridge, users, options);
    registerBoth(router, orderServiceBridge, orders, options);
  });
}
